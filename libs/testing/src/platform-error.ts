/** What can go wrong with the local platform, to decide by (never by the text). */
export type PlatformErrorCode =
  | 'JAVA_MISSING'
  | 'MAVEN_MISSING'
  | 'JARS_NOT_FETCHED'
  | 'JARS_CHANGED'
  | 'PORT_TAKEN'
  | 'SETTING_INVALID'
  | 'CLUSTER_IN_USE'
  | 'CLUSTER_STARTING'
  | 'CLUSTER_NOT_STARTED'
  | 'CLUSTER_NOT_RUNNING'
  | 'BROKER_NOT_STARTED'
  | 'SUPERVISOR_REFUSED'
  | 'TOPICS_FILE_INVALID'
  | 'PARTITIONS_DIFFER'
  | 'COMPOSE_FAILED'
  | 'NO_PLATFORM'
  | 'POSTGRES_MISSING'
  | 'POSTGRES_NOT_STARTED'
  | 'POSTGRES_NOT_RUNNING'
  | 'PROCESS_NOT_READY'
  | 'VIEWS_TASK_FAILED'
  | 'FAULT_NOT_POSSIBLE'
  | 'REPLAY_REFUSED';

/** A failure of the local platform whose message says what to do about it. */
export class PlatformError extends Error {
  readonly retriable = false;

  constructor(
    readonly code: PlatformErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'PlatformError';
  }
}
