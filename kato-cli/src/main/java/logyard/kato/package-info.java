/**
 * The command line of operators: {@link logyard.kato.KatoMain}, and the older {@link logyard.kato.LogyardCliMain}.
 *
 * <p>A command is a class that declares its options, delegates and prints. {@link logyard.kato.Kato} puts them together;
 * what they share is in {@code logyard.kato.command} and {@code logyard.kato.output}.
 */
@NullMarked
package logyard.kato;

import org.jspecify.annotations.NullMarked;
