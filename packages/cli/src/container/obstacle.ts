/** What keeps the container from starting: a fact and what to do about it. */
export interface Obstacle {
  readonly message: string;
  readonly remedy: string;
  /** It may go by itself: an interface or a name that other containers are still to bring. */
  readonly mayPass: boolean;
}

/** An obstacle that somebody must remove. */
export const obstacle = (message: string, remedy: string): Obstacle => ({ message, remedy, mayPass: false });

/** An obstacle that waiting may remove. */
export const passing = (message: string, remedy: string): Obstacle => ({ message, remedy, mayPass: true });

export const obstacleText = ({ message, remedy }: Obstacle): string => `${message}: ${remedy}`;

/** A value, and in a few words where it came from. */
export interface Sourced<T> {
  readonly value: T;
  readonly from: string;
}

export const sourced = <T>(value: T, from: string): Sourced<T> => ({ value, from });
