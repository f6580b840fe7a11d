// A virtual sound device for engines that need one: a PulseAudio server of our own with a null output. Must never touch
// a server that is already running.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { has, start } from './program.mjs';

export const canPlay = () => has('pulseaudio');

/** Starts the server; without PulseAudio, the environment stays unchanged. */
export async function loudspeaker() {
  if (!canPlay()) return { environment: process.env, stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'loudspeaker-'));
  const socket = join(folder, 'socket');
  const server = start(
    'pulseaudio',
    [
      '-n',
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--load=module-null-sink sink_name=null',
      `--load=module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
    ],
    { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder },
  );
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await server.until('made its socket', () => existsSync(socket));
  } catch (error) {
    await stop();
    throw error;
  }
  return { environment: { ...process.env, PULSE_SERVER: `unix:${socket}` }, stop };
}
