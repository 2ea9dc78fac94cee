// The address that links in mails lead to: the user's own, or else this machine's page, once it is served.

export class PublicUrl {
  readonly given: string | null;
  #served: string | null = null;

  constructor(given: string | null) {
    this.given = given;
  }

  /** Null while nothing runs that a link could lead to. */
  current(): string | null {
    return this.given ?? this.#served;
  }

  servedAt(url: string): void {
    this.#served = url;
  }
}
