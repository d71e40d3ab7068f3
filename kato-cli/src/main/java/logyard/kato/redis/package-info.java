/**
 * Lists that built-in drains fill in Redis, to be read: {@link logyard.kato.redis.RedisList}. The one package of kato that
 * knows Jedis.
 */
@NullMarked
package logyard.kato.redis;

import org.jspecify.annotations.NullMarked;
