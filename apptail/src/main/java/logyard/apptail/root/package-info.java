/**
 * Files below a directory whose content somebody else controls, and who may change it while we look: start at {@link
 * logyard.apptail.root.InstanceRoot}. The one package that knows JNA; see docs/adr/0007.
 */
@NullMarked
package logyard.apptail.root;

import org.jspecify.annotations.NullMarked;
