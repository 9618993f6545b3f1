/**
 * Loaded into a program by `runProgram`: when the process that started it dies without a chance to say so
 * (kill -9, a closed terminal's npm), the program ends as it would on SIGTERM, brokers and agents included.
 */
if (process.channel && process.env.AIKA_EXIT_WITH_PARENT) {
  // Only for this process: one that it forks inherits --import and has reasons of its own to lose a parent.
  delete process.env.AIKA_EXIT_WITH_PARENT;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // A listener keeps the channel, and so the program, alive; the program ends when its own work does.
  process.channel.unref();
}
