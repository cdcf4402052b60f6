// What tsc cannot read off the pages themselves: short names for their parts, and what browsers have that its library has not.

declare namespace Pages {
  type App = import("../../Kiosk/touch/app.js").App;
  type Console = import("../../Kiosk/window/console.js").Console;
  type Cases = import("../../Kiosk/window/cases.js").CasesPage;
  type Agency = import("../../Kiosk/window/agency.js").AgencyPage;
  type CaseOfList = API.Case;
  /** A case as it is asked for by itself. */
  type CaseWhole = API.Case & { name: string | null; number_of_card: string | null; steps: string[]; pause_stages: string[]; item_department: string | null };

  /** The element that `h` makes of a selector: `button.button.main`. */
  type Made<Selector extends string> = Tagged<Selector extends `${infer Tag}.${string}` ? Tag : Selector>;
  type Tagged<Tag> = Tag extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag] : HTMLElement;

  /** An element that is asked for what it shows. */
  type Living = HTMLElement & { update(): void };

  /** A screen of the touch page. */
  interface Screen {
    build(): HTMLElement;
    /** Built anew when this changes; else only its live parts are asked again. */
    key?(): string;
    heard?(name: string, data: KioskChange): void;
    left?(): void;
    shown?(): void;
    reconnected?(): void;
  }

  /** What an event of a kiosk's feed carries. */
  type KioskChange = API.FeedChange & Partial<API.Hall> & { trouble?: string };

  /** What a page knows of the hall: a snapshot of GET /v1/hall or GET /v1/queue and what changed since. */
  type State = Omit<API.Hall & API.Queue, "day"> & { day: API.Day | null; emergencies?: API.Emergency[] };

  /** A verb of a clerk's, and the keys that press it. */
  interface Verb {
    name: API.Verb;
    keys?: string[];
    hint?: string;
    /** Of its words, where they are not those of the name. */
    label?: string;
  }

  /** What the verbs of a window and the views need to know of now. */
  interface Moment {
    number: number | null;
    window: Window;
    ticket: PresentTicket | null;
    waiting: number;
    isFinishable: boolean;
    undoLeft: number;
  }

  /** A window as the hall told it, or what little is known before. */
  type Window = Omit<API.Window, "is" | "number" | "name" | "clerk"> & { number: number | null };

  /** A ticket at a window; before the feed told of it only its number is known. */
  type PresentTicket = Partial<API.Ticket> & Pick<API.Ticket, "number" | "items">;
}

interface Navigator {
  scheduling?: { isInputPending?(): boolean };
}

interface HTMLSelectElement {
  showPicker?(): void;
}

declare namespace Intl {
  class Segmenter {
    constructor(locale: string, options: { granularity: string });
    segment(text: string): Iterable<{ segment: string; isWordLike: boolean }>;
  }
}
