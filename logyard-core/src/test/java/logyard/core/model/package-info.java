/** Random sequences of actions against a model, and what of a sequence is needed for it to fail. */
package logyard.core.model;
