/**
 * The drain type {@code file}: start at {@link logyard.drains.file.FileDrain}, which writes and syncs; {@link
 * logyard.drains.file.OpenFile} knows what others did to the file meanwhile.
 */
@NullMarked
package logyard.drains.file;

import org.jspecify.annotations.NullMarked;
