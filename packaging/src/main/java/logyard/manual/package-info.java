/**
 * The manual of the commands and their completion, made of the commands themselves while the distribution is built. Start
 * at {@link logyard.manual.ManualMain}; docs/adr/0006 says why it is made here.
 */
@NullMarked
package logyard.manual;

import org.jspecify.annotations.NullMarked;
