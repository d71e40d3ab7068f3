/**
 * {@code logyard-cli}, the command line of 2013: flags with one or two dashes, before what they are about. Its commands do
 * what those of {@code kato log} do, without the defaults of kato.
 */
@NullMarked
package logyard.kato.logyardcli;

import org.jspecify.annotations.NullMarked;
