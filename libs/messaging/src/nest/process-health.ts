import { Get, ServiceUnavailableException } from '@nestjs/common';

/** What a process tells of itself; more beside its state. */
export interface ProcessStatus {
  readonly state: string;
}

/** What operators and orchestrators ask a process. Controllers of `health` say what its status is. */
export abstract class ProcessHealth<Status extends ProcessStatus = ProcessStatus> {
  protected abstract status(): Status;

  /** Whether it does all of its work. */
  protected isReady({ state }: Status): boolean {
    return state === 'RUNNING';
  }

  /** 200 while it works or waits for what it needs; 503 when it has stopped. */
  @Get('live')
  live(): object {
    const status = this.status();
    if (status.state === 'STOPPED') throw new ServiceUnavailableException(status);
    return status;
  }

  /** 200 while it does its work, with its partitions; else 503. */
  @Get('ready')
  ready(): object {
    const status = this.status();
    if (!this.isReady(status)) throw new ServiceUnavailableException(status);
    return status;
  }

  @Get()
  health(): object {
    return this.status();
  }
}
