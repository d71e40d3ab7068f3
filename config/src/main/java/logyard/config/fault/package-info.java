/**
 * The steps after which something is on disk, or somebody was told so, each with a name: {@link
 * logyard.config.fault.DurableStep}. A test has a process kill itself after any of them.
 */
@NullMarked
package logyard.config.fault;

import org.jspecify.annotations.NullMarked;
