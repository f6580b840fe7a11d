//! The words that the program writes, as one language has them. www/words/en/ has their texts under the same names;
//! a missing name is an error at construction, a misspelt one does not compile.

macro_rules! table {
    ($($word:ident)*) => {
        /// The words by their names; some are templates with `{…}` for what changes, see [`super::fill`].
        #[derive(Debug)]
        pub struct Table {
            $(pub $word: String,)*
        }

        impl Table {
            /// All names.
            #[cfg(test)]
            pub const NAMES: &[&str] = &[$(stringify!($word)),*];

            /// Reads each word from `word`.
            ///
            /// # Errors
            /// The name of a missing word.
            pub fn read(word: impl Fn(&str) -> Option<String>) -> Result<Self, &'static str> {
                let mut missing = None;
                // Read every word even if one is missing: an early return after each would enlarge the download.
                let mut take = |name| {
                    word(name).unwrap_or_else(|| {
                        missing = Some(name);
                        String::new()
                    })
                };
                let table = Self { $($word: take(stringify!($word)),)* };
                missing.map_or(Ok(table), Err)
            }
        }
    };
}

table! {
    decimal_mark thousands_mark
    welcome hint_dots hint_colours hint_density hint_latch hint_landmark hint_compare hint_explore
    beat beat_click beat_kick beat_kick_hat
    hint_melody hint_beat hint_record shared shared_named untitled_loops tempo_of_loops next_is_yours add_yours
    play start start_name stop stop_all stop_all_name
    voice_plays your_model strings voices winds brass amsynth
    sheet_rest sheet_half sheet_full
    loading_bytes loading_percent loading_last wake_by_tap wake_by_lift wake_by_click
    found_for given_sound found_by_sound near nobody at between next_to away nearest exactly unnamed
    in_the_middle middle left right down up two_axes value_of no_value
    lock_group locked_one locked_more
    measured measured_note predicted predicted_by_map unmeasured values_are unmeasurable
    known_patches nobody_yet many_patches known_tones no_tones many_tones tone_names_line
    hardness soft hard depth shallow deep brightness dark bright roughness smooth rough warmth cold warm
    sharpness dull sharp boominess lean booming reverb dry reverberant loudness quiet loud likely unlikely
    switched_off chord_octave chord_triad chord_seventh chord_ninth
    arpeggio_up arpeggio_down arpeggio_up_and_down arpeggio_gate
    touch_plays loop_plays_as
    loop_name mute_loop mute_named solo loop_volume
    loop_plays root instrument note melody
    take_sound overdub shape copy_loop delete_loop
    bar_of bar_number get_ready tap_to_drop
    speed direction as_drawn backwards there_and_back
    velocity_constant velocity_height velocity_pressure
    in_major in_minor on_root minor_roots no_loop_yet one_loop more_loops all_parameters loudness_drawing filter_drawing
    scale_chromatic scale_major scale_natural_minor scale_harmonic_minor scale_dorian scale_major_pentatonic
    scale_minor_pentatonic scale_blues scale_whole_tone
    notes notes_flat octaves_one octaves_more volume_off heard_and_predicted
    all_banks found_none found_no_tone found_nothing found_of kinds yours bank_of_yours similar_to favourite
    favourite_named go_to name_of delete record recording recording_empty recording_now compare compared
    find_words regions quarters region_qualities quarter patch_properties
    word_over word_under word_kind word_other_kind word_name word_unknown
    drop_word have_both have_all sound_changes make_it
    found_on_map found_same bank_file recording_file picture_file link_title
    loops_file all_loops writing_loops no_loop_sounds
    as_dots tones_as_dots snap snap_to_tones find_preset find_tone find_hint find_hint_tones find_hint_learned
    about_files about_files_tones about_midi about_midi_tones
    no_patch no_landmarks_to_take without_patch still_busy writing_recording nothing_sounded recording_refused no_picture
    link_copied link_shown link_damaged link_version other_model saved drawing_picture
    left_out_one left_out_more loops_left_out loops_coarse code_too_long
    known_preset known_otherwise known_bank known_others bank_removed remove_bank one_preset more_presets
    reading unreadable too_many too_large unknown faulty skipped empty no_map map_broken no_pair refused placed_one placed_more
    listening_one listening_more placing placing_all finding stopped not_kept not_removed model_plays ours_plays listener_lost
    midi_asking midi_absent midi_denied send_nowhere midi_learning midi_none midi_one midi_two midi_more axis_x axis_y
    element_missing no_canvas file_missing file_unreachable file_broken insecure_page no_audio_worklet
    context_refused the_instrument decoder_refused sound_fault sound_stopped sound_lost map_late nothing_kept tones_rate
    landmarks_full loops_too_long loops_full imports_late try_again start_sound
}
