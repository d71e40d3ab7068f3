/**
 * Several daemons in one process: {@link logyard.micro.NodeMain} for a small node of a cluster, {@link
 * logyard.micro.MicroMain} for a first look and for a single machine.
 */
@NullMarked
package logyard.micro;

import org.jspecify.annotations.NullMarked;
