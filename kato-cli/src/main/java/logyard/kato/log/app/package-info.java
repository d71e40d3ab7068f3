/**
 * {@code kato log app}: what one application logs, and its drains. Start at {@link logyard.kato.log.app.AppCommand}.
 *
 * <p>What was kept ({@link logyard.kato.log.app.KeptLog}) and what comes live are joined by {@link
 * logyard.kato.log.app.AppStream}, without gap and without repeat.
 */
@NullMarked
package logyard.kato.log.app;

import org.jspecify.annotations.NullMarked;
