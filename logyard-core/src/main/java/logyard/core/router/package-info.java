/**
 * From the journal to the drains: which drain wants which event, and each drain's own way through the journal. Start at
 * {@link logyard.core.router.Router}, then {@link logyard.core.router.DrainFeed}.
 */
@NullMarked
package logyard.core.router;

import org.jspecify.annotations.NullMarked;
