//! The words of the search, in English and German: for each meaning the beginnings of the words that have it. A word
//! may go on with a usual ending of either language ([`ENDINGS`]); one with a point at its end may not. Umlauts are
//! written ae, oe, ue and ss, as [`crate::spelling`] makes them.

use plane::Tag;

use crate::meaning::Meaning::{self, Kind, Less, More};
use crate::property::Property::*;

/// Meanings and their words.
pub const LEXICON: &[(Meaning, &str)] = &[
    (
        Kind(Tag::Bass),
        "bass basses. baesse baessen. basslinie bassline kontrabass subbass sub. subs. contrabass 808. reese",
    ),
    (
        Kind(Tag::Pad),
        "pad flaeche ambient ambience atmosphere atmosphaere atmo drone teppich carpet soundscape klangteppich klangflaeche",
    ),
    (Kind(Tag::Lead), "lead leadstimme solo. soli. melodie melody melodiestimme solostimme leads."),
    (
        Kind(Tag::Bell),
        "bell glocke gloeckchen glockenspiel chime gong vibraphon vibraphone vibes. marimba xylophon xylophone celesta triangel carillon kirchenglocke klingel musicbox spieluhr",
    ),
    (
        Kind(Tag::Keys),
        "key. keys. keyboard piano epiano pianoforte klavier fluegel rhodes. wurlitzer wurli. clavinet clavi harpsichord cembalo tasten. tasteninstrument ep. clavichord spinett",
    ),
    (Kind(Tag::Synth), "synth synthesizer synthi polysynth"),
    (
        Kind(Tag::Organ),
        "organ orgel orgeln. hammond kirchenorgel accordion akkordeon ziehharmonika harmonium melodica harmonica mundharmonika leierkasten",
    ),
    (
        Kind(Tag::Strings),
        "string streicher violin violine geige bratsche viola cello celli. orchestra orchester ensemble fiddle saiten. saite streichorchester symphonic",
    ),
    (
        Kind(Tag::Brass),
        "brass horn hoerner trumpet trompete trombone posaune tuba blech blechblaeser saxophon saxophone sax. saxofon fanfare bugle",
    ),
    (
        Kind(Tag::Wind),
        "flute floete fluit reed whistle pfeife oboe clarinet klarinette bassoon fagott recorder blockfloete ocarina piccolo woodwind holzblaeser holz. panfloete panpipes. blaeser",
    ),
    (
        Kind(Tag::Voice),
        "voice stimme vocal vokal choir chor choere chores. vox. singer singing saenger gesang human menschlich aah. ooh. formant choral",
    ),
    (
        Kind(Tag::Pluck),
        "pluck gezupft zupf guitar gitarre harp harfe koto banjo sitar kalimba lute mandolin mandoline pizzicato pizz. kora zither ukulele dulcimer",
    ),
    (
        Kind(Tag::Drum),
        "drum trommel schlagzeug percussion perkussion percussive perkussiv perc. kick kickdrum bassdrum basedrum bd. hat. hihat hats. becken snare clap tom. toms. cymbal conga bongo pauke timpani rimshot tabla",
    ),
    (
        Kind(Tag::Noise),
        "noise. noises. rauschen rausch geraeusch hiss wind. sturm storm regen. rain meer. ozean. ocean waves. wasser. water brandung",
    ),
    (
        Kind(Tag::Effect),
        "effect effekt fx. sfx. siren sirene alien ufo. roboter robot laser zap explosion helicopter hubschrauber spooky gruselig scary unheimlich creepy weird seltsam strange",
    ),
    (
        More(Brightness),
        "bright brightness brilliant brillant shiny shin sparkl glitter hell helligkeit strahlend leuchtend glaenzend funkelnd glitzernd glasig glaesern glass crisp klar clear",
    ),
    (
        Less(Brightness),
        "dark darkness dusk dim gloom dunkel dunkl dunkelheit duester finster schwarz black murky muted gedaempft gedeckt shady sinister",
    ),
    (More(Warmth), "warm warmth waerme waerm cosy cozy analog analogue gemuetlich vintage"),
    (
        Less(Warmth),
        "cold coldness kalt kaelt kaelte kuehl cool icy eisig ic frost frostig sterile steril chilly",
    ),
    (
        More(Hardness),
        "hard hardness hart haert haerte punchy punch aggressive aggressiv harsh attacking knackig heavy brutal strong schlagend",
    ),
    (
        Less(Hardness),
        "soft softness weich weichheit sanft gentle gentl zart tender samtig velvet delicat mild",
    ),
    (
        More(Roughness),
        "rough roughness rau rauh rauheit raue gritty grit raspy rasp grainy buzz schnarrend schnarr kratzig scratch dirty dirt dreckig schmutzig grob groeb broeselig growl knurrend fuzz",
    ),
    (
        Less(Roughness),
        "smooth smoothness glatt glaett sauber clean rein. reine. reiner. reines. pure. pur. pures. purer. silky seidig",
    ),
    (
        More(Depth),
        "deep deepness depth tief tiefe low lowend full voll rich reich fat phat fett dick thick big gross maechtig huge",
    ),
    (Less(Depth), "shallow flach superficial hohl hollow small klein"),
    (
        More(Sharpness),
        "sharp sharpness scharf schaerf schaerfe shrill schrill spitz piercing piercingly schneidend cutting grell zischend zisch hissy tinny blechern edgy beissend high. hoch. hoh. hohe. hoher. hohes.",
    ),
    (Less(Sharpness), "dull dullness dumpf mellow round rund muffled stumpf lieblich"),
    (
        More(Boominess),
        "boom boomy boominess droehnend droehn wummernd wumm bauchig bauch rumbl rumpelnd grummelnd brummend brumm",
    ),
    (Less(Boominess), "lean thin thinness duenn schlank mager tight slim light leichter. leichtes. leichte."),
    (
        More(Reverb),
        "reverb reverberant hall hallig verhallt nachhall wet nass echo room raum raeumlich roomy cathedral kathedrale kirche. halle. spacious spacey space weit spherical sphaerisch",
    ),
    (Less(Reverb), "dry dryness trocken anechoic"),
    (More(Loudness), "loud loudness laut lautstaerke lautstark powerful kraeftig kraftvoll"),
    (Less(Loudness), "quiet leis leise silent still. stille. stilles. stiller. faint"),
    (
        More(Attack),
        "slow slowly langsam langsame swell anschwellend schwellend fading creeping einblendend traege attack anstieg",
    ),
    (Less(Attack), "fast quick rapid schnell sofort sofortig immediate instant prompt snappy flott rasch"),
    (
        More(Length),
        "long length lang laeng laenge ausklingend ausklang nachklingend decay release ringing resonating klingend sustained sustain endless endlos gehalten held lasting anhaltend langgezogen",
    ),
    (
        Less(Length),
        "short kurz kuerz kuerze staccato stakkato stab abgehackt choppy plucky knapp shortness blip tick",
    ),
    (
        More(Movement),
        "moving movement bewegt bewegung evolving evolve modulated moduliert lively lebendig lebhaft alive animated restless unruhig changing swirl wirbelnd flirrend flirr",
    ),
    (
        Less(Movement),
        "static statisch steady stetig gleichmaessig ruhig calm motionless unbewegt starr konstant constant",
    ),
    (
        More(Wobble),
        "wobbl wobble wabernd waber wackelig wackelnd eiernd eier pulsating pulsierend pulsing throbb dubstep wah. wahwah wub. wubwub schaukelnd schwankend lfo.",
    ),
    (More(Tremolo), "tremolo trembl zitternd zitter tremolando bebend flutter flatternd"),
    (More(Vibrato), "vibrato vibrating vibrierend warbl"),
    (More(Noise), "noisy verrauscht rauschig breathy breath hauchig gehaucht luftig airy air"),
    (More(Sync), "sync synced synchronisiert hardsync"),
    (
        More(Metal),
        "metal metallic metallisch metall ringmod ringmodulation clang scheppernd schepper klirrend",
    ),
    (More(Resonance), "resonance resonant resonanz acid squelch quaek quaekend naseweis nasal naselnd"),
    (
        More(Detune),
        "detuned detune verstimmt schwebend schwebung wide breit breite chorus phasing supersaw wandernd beating",
    ),
    (Less(Detune), "tuned narrow schmal"),
    (
        More(Distortion),
        "distorted distortion verzerrt verzerrung overdriven overdrive crunch crunchy saturated gesaettigt uebersteuert",
    ),
    (More(Glide), "glide gliding gleitend portamento sliding slide glissando"),
];

/// Endings that change neither a word's meaning nor, but for the second list, its degree.
pub const ENDINGS: [&str; 22] = [
    "", "e", "s", "y", "n", "en", "em", "es", "ed", "ly", "al", "ing", "ish", "ness", "end", "ende", "ender",
    "endes", "enden", "artig", "artige", "er",
];
/// The endings of comparisons and of their inflected forms. “heller” is either: the whole query decides.
pub const COMPARATIVES: [&str; 11] =
    ["er", "ier", "ere", "erer", "eren", "erem", "eres", "iest", "est", "sten", "ste"];

/// Words that reverse the next meaning.
pub const NEGATIONS: &str = "not no non without never isnt nicht kein keine keinen keinem keiner keines ohne nie \
     wenig wenige weniger less minus least lacking";
/// Words of [`NEGATIONS`] that compare: alone with a quality, they ask to change the current sound.
pub const LESSENING: &str = "less weniger";
/// Words that ask for more of the next meaning; alone with a quality, they ask to change the current sound.
pub const INCREASING: &str = "more mehr";
/// Words that ask for much of the next meaning.
pub const STRENGTHENING: &str = "very really extremely super ultra sehr besonders extrem richtig total lots viel viele \
     most stark starkem starker maximal so wirklich ganz";
/// Words that ask for a little of the next meaning.
pub const WEAKENING: &str =
    "slightly somewhat bit little etwas bisschen leicht bissl rather ziemlich quite eher";
/// Words that join two things.
pub const JOINING: &str = "and or nor und oder noch sowie &";
/// Words that mean nothing here.
pub const FILLING: &str = "a an the with of in on for from like some something sound sounds tone tones note please \
     i want need give me my that is are but too ein eine einen einem einer eines der die das den dem des mit von im in am \
     fuer wie bitte ich will moechte suche brauche klang klaenge ton toene sound aber zu es was ist sind auch mal doch \
     instrument preset presets patch type art artig kind";

/// Endings of a word that deny its beginning: “hallfrei”, “noiseless”.
pub const DENIALS: &str = "frei freie freier freies los lose loser loses less free";
/// What may follow the beginning of a word without a meaning of its own: “glockenartig”, “Bassklang”.
pub const TAILS: &str = "artig aehnlich haft maessig klang klaenge sound ton toene tone like";

/// Words that say how much there is of the noun after them.
pub const HIGH: &str = "high hoch hohe hoher hohes hohem hohen big gross grosse grosser grosses strong heavy";
/// The same for little.
pub const LOW: &str =
    "low niedrig niedrige niedriger niedriges gering geringe geringer geringes small klein kleine kleiner";
/// Nouns of the envelope, which the adjective before them turns round: “short attack”.
pub const ENVELOPE_NOUNS: &str = "attack anstieg decay release ausklang length laenge";
/// Nouns of qualities, which the adjective before them turns round: “low brightness”.
pub const NOUNS: &str = "reverb hall nachhall echo room raum brightness helligkeit warmth waerme hardness haerte \
     roughness rauheit depth tiefe sharpness schaerfe resonance resonanz distortion verzerrung loudness lautstaerke \
     vibrato tremolo movement bewegung modulation noise rauschen";
