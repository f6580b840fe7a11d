// The sentences of the editor of paths: each remark of the page's program as a text. Decides nothing.
import { PATH_FILE_SIZE_LIMIT } from '../protocol.js';
import { fieldText } from './fields.js';
import { fieldNumber } from './verdict.js';
import { numberText, refusedText, say } from './words.js';

/** @import { Word } from './words.js' */
/** @import { PathsModel, PathsRemark } from '../panels.js' */

const MEGABYTES = PATH_FILE_SIZE_LIMIT / 1e6;
/** Why a file cannot be read. @type {Record<string, Word>} */
const UNREAD = { unreadable: 'unreadable', tooLarge: 'too_large', midiTooLarge: 'midi_too_large' };

/** A part of a file that its path lacks. @type {Record<string, Word>} */
const LOSSES = { damaged: 'midi_damaged', notes: 'midi_notes', bends: 'midi_bends' };

/** All sentences. @param {PathsModel} model */
export const remarksText = model => model.remarks.map(remark => text(remark, model)).join(' ');

/** The remarks about something that a person wanted and that cannot be. @type {PathsRemark['type'][]} */
const ERRORS = ['noRoom', 'noStrikes', 'noValue', 'linkDamaged', 'linkVersion', 'unread', 'refused', 'unsaved'];

/** A file was given that is no path. @param {PathsRemark} remark */
export const isUnread = ({ type }) => type === 'unread' || type === 'refused';

/** @param {PathsRemark} remark */
export const isError = ({ type }) => ERRORS.includes(type);

/** @param {PathsRemark} remark @param {PathsModel} model @returns {string} */
function text(remark, model) {
  switch (remark.type) {
    case 'noRoom':
      return say('no_room');
    case 'needTwo':
      return say('need_two');
    case 'needCorner':
      return say('need_corner');
    case 'mixIsHere':
      return say('mix_is_here', remark);
    case 'noStrikes':
      return say('no_strikes', { former: fieldNumber(remark.formerHz), most: remark.mostHz });
    case 'mixIsEven':
      return say('mix_is_even', {
        name: remark.name,
        before: numberText(remark.beforeDb, 1),
        after: numberText(remark.afterDb, 1),
      });
    case 'linkCopied':
      return say('link_copied', remark);
    case 'linkShown':
      return say('link_shown', remark);
    case 'linkLong':
      return say('link_long', remark);
    case 'linkDamaged':
      return say('link_damaged');
    case 'linkVersion':
      return say('link_version');
    case 'reading':
      return say('reading', { name: remark.file });
    case 'unread':
      return say(UNREAD[remark.word] ?? 'lost_files', { name: remark.file, megabytes: MEGABYTES });
    case 'refused':
      return refusedText(remark.word, remark.numbers, remark.file);
    case 'inPart':
      return say(LOSSES[remark.word] ?? 'midi_damaged', { name: remark.file });
    case 'saved':
      return say('saved', remark);
    case 'stopped':
      return say('stopped_writing', remark);
    case 'unsaved':
      return say(remark.word === 'failed' ? 'failed_writing' : 'lost_writer', { file: remark.file });
    case 'busy':
      return say('busy');
    case 'noValue':
      return say('no_number', { former: formerText(remark, model) });
    case 'kept':
      return say('kept', remark);
  }
}

/** The value that a field keeps. @param {Extract<PathsRemark, { type: 'noValue' }>} remark @param {PathsModel} model */
function formerText({ field }, { lanes }) {
  return (lanes && fieldText(lanes, field)) || say('key_played');
}
