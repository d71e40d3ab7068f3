/**
 * JSON as Go's encoding/json reads it: what it refuses, what it repairs, and in whose words. Start at
 * {@link logyard.core.template.json.JsonScanner}; both ways of rendering read through it, so that a record is valid for
 * both or for none.
 */
@NullMarked
package logyard.core.template.json;

import org.jspecify.annotations.NullMarked;
