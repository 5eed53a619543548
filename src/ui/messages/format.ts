import type { Messages } from '../../core/locale';

const en = {
  /** @param part without a unit @param whole with it */
  of: (part: string, whole: string) => `${part} of ${whole}`,
  left: (time: string) => `${time} left`,
};

/** Words around numbers; the numbers themselves are Intl's. */
export const format: Messages<typeof en> = {
  en,
  de: {
    of: (part, whole) => `${part} von ${whole}`,
    left: (time) => `noch ${time}`,
  },
};
