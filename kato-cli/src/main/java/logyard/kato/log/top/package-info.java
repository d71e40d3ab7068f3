/**
 * {@code kato log top}: what comes in and goes out on all nodes, now. Start at {@link logyard.kato.log.top.TopCommand}: a
 * {@link logyard.kato.log.top.FiguresWatch} asks the cores for figures, {@link logyard.kato.log.top.ClusterFigures} makes
 * rows of them, and {@link logyard.kato.log.top.TopTable} or {@link logyard.kato.log.top.TopDocument} shows those.
 */
@NullMarked
package logyard.kato.log.top;

import org.jspecify.annotations.NullMarked;
