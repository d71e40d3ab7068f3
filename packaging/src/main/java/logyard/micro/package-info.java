/** All of Logyard in one process, for a first look and for a single machine: start at {@link logyard.micro.MicroMain}. */
@NullMarked
package logyard.micro;

import org.jspecify.annotations.NullMarked;
