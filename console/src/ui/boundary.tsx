import { Component, type ReactNode } from 'react';
import { ProblemNote } from './problem.tsx';

interface State {
  readonly error?: unknown;
}

/** Keeps a fault of one part of a page from the rest; the part is tried again from its beginning. */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <ProblemNote error={this.state.error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
