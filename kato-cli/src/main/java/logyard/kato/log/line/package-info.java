/**
 * What an operator reads of an event: {@link logyard.kato.log.line.LineRenderer} makes a line of it, without the time in
 * front, coloured by its severity, and harmless for the terminal.
 */
@NullMarked
package logyard.kato.log.line;

import org.jspecify.annotations.NullMarked;
