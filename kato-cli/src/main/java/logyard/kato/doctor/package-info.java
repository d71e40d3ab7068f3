/** {@code kato doctor}: what is wrong with a node, and what to do about it. Start at {@link logyard.kato.doctor.DoctorCommand}. */
@NullMarked
package logyard.kato.doctor;

import org.jspecify.annotations.NullMarked;
