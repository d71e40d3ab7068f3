/**
 * Bytes as Go sees text: UTF-8 that may be broken, quoted and escaped by Go's rules. The lowest layer of the template
 * engine; start at {@link logyard.core.template.text.ByteOutput}. Nothing here knows templates or values.
 */
@NullMarked
package logyard.core.template.text;

import org.jspecify.annotations.NullMarked;
