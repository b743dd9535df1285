/** What the container of a session is like. */
export interface ContainerSetting {
  /** Stands for `/bin/sh`, with arguments; null for an image without one. */
  readonly shell?: string | null
  /** The environment of the container: `PATH` says which programs the image has. */
  readonly env?: Readonly<Record<string, string>>
  /** Of the channel, or of what the agent wants. */
  readonly fault?: 'twice' | 'out-of-order' | 'torn' | 'cut-off' | 'encrypted' | null
}
