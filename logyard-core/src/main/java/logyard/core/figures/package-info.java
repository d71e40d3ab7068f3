/**
 * What a node does, in numbers: {@link logyard.core.figures.NodeFigures}, and how it is shown in the tree while somebody
 * looks at it ({@link logyard.core.figures.FiguresBoard}).
 */
@NullMarked
package logyard.core.figures;

import org.jspecify.annotations.NullMarked;
