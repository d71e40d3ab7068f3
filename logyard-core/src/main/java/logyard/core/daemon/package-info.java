/** What every daemon needs around its work: settings, threads, an orderly end, and a place in the tree to be seen at. */
@NullMarked
package logyard.core.daemon;

import org.jspecify.annotations.NullMarked;
