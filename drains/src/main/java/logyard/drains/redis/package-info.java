/**
 * The drain type {@code redis}: lists in a Redis, newest first. {@link logyard.drains.redis.RedisDrainType} opens a
 * connection, {@code RedisDrain} makes a transaction of each batch, {@code RedisConnection} matches answers with what was
 * asked.
 */
@NullMarked
package logyard.drains.redis;

import org.jspecify.annotations.NullMarked;
