/**
 * Files as the tailer sees them: which file is at a path, which of its neighbours it used to be, and when to look again.
 *
 * <p>Start at {@link logyard.core.tail.file.OpenFile} and {@link logyard.core.tail.file.FileChanges}. Nothing here knows
 * lines.
 */
@NullMarked
package logyard.core.tail.file;

import org.jspecify.annotations.NullMarked;
