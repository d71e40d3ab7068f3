/**
 * {@code kato config}: one class per command. {@link logyard.kato.config.Component} says where in the tree a component has
 * its settings, {@link logyard.kato.config.ConfiguredSettings} reads and changes them, and {@code logyard.kato.config.rule}
 * holds what is checked before anything is written.
 */
@NullMarked
package logyard.kato.config;

import org.jspecify.annotations.NullMarked;
