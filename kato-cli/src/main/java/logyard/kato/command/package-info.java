/** What all commands share: the cluster they work on, how they fail, and how they are interrupted. */
@NullMarked
package logyard.kato.command;

import org.jspecify.annotations.NullMarked;
