import { type CustomDecorator, SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'aika:public';

/** A route that answers without asking who it is. */
export const Public = (): CustomDecorator => SetMetadata(IS_PUBLIC, true);
