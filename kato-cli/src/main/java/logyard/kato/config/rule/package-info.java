/** What settings must be like to be written: the code that reads them says so, {@code --force} allows more. */
@NullMarked
package logyard.kato.config.rule;

import org.jspecify.annotations.NullMarked;
