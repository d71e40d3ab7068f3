/**
 * Which instances run on this node, and which of their files are logs: {@link
 * logyard.apptail.instance.Announcements} hears of them on NATS, {@link logyard.apptail.instance.Instances} knows them. The
 * one package that knows jnats.
 */
@NullMarked
package logyard.apptail.instance;

import org.jspecify.annotations.NullMarked;
