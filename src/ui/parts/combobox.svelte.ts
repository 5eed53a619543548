import { findNames } from '../../core/fuzzy';

/** One of what a list offers. `fact` stands at the end of its line. */
export interface ComboboxItem {
  readonly id: string;
  readonly name: string;
  readonly fact?: string;
}

/** What a combobox is given; read whenever it changes. */
export interface ComboboxSource {
  readonly items: readonly ComboboxItem[];
  readonly chosen: string | undefined;
  /** The list stays open. */
  readonly open: boolean;
  readonly onPick: (id: string) => void;
}

/** A list that is searched by what is typed and walked through by keys. Source: WAI-ARIA Practices, Combobox. */
export class ComboboxState {
  #searching = $state(false);
  /** What is typed. */
  text = $state('');
  /** Index of the current one among those found. */
  at = $state(0);
  readonly #source: () => ComboboxSource;
  readonly shown = $derived.by(() => this.#source().open || this.#searching);
  readonly found = $derived.by(() => findNames(this.#source().items, this.text));
  readonly current = $derived.by(() => this.found[Math.min(this.at, this.found.length - 1)]);
  readonly chosenName = $derived.by(() => {
    const { items, chosen } = this.#source();
    return items.find(({ id }) => id === chosen)?.name ?? '';
  });

  constructor(source: () => ComboboxSource) {
    this.#source = source;
  }

  /** Opens the list, at what is chosen. */
  begin(): void {
    if (this.shown) return;
    const { items, chosen } = this.#source();
    this.text = '';
    this.at = Math.max(
      0,
      items.findIndex(({ id }) => id === chosen),
    );
    this.#searching = true;
  }

  end(): void {
    this.#searching = false;
    this.text = '';
  }

  search(text: string): void {
    this.begin();
    this.text = text;
    this.at = 0;
  }

  pick({ id }: ComboboxItem): void {
    this.end();
    this.#source().onPick(id);
  }

  /** @returns whether the key meant something here */
  press(key: string): boolean {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const { length } = this.found;
    if (step !== undefined && !this.shown) this.begin();
    else if (step !== undefined) this.at = (this.at + step + length) % Math.max(1, length);
    else if (key === 'Enter' && this.shown && this.current) this.pick(this.current);
    else if (key === 'Escape' && this.#searching) this.end();
    else return false;
    return true;
  }
}
