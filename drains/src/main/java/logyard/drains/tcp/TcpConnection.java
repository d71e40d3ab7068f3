package logyard.drains.tcp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import logyard.core.drain.DrainBatch;

/**
 * One open connection to a target, over TLS or not. What the target sends is read and thrown away, so that its end is
 * noticed at once. On its event loop only.
 */
final class TcpConnection {
    private final SocketChannel channel;
    private final Handler handler;
    private long handedOver;

    TcpConnection(SocketChannel channel, Handler handler) {
        this.channel = channel;
        this.handler = handler;
        TcpPatience.watch(channel);
    }

    EventLoop eventLoop() {
        return channel.eventLoop();
    }

    CompletableFuture<Void> write(DrainBatch batch) {
        var written = new CompletableFuture<Void>();
        ChannelProgressivePromise write = channel.newProgressivePromise();
        write.addListener((ChannelProgressiveFutureListener) new HandingOver());
        channel.writeAndFlush(Unpooled.wrappedBuffer(batch.bytes(), 0, batch.length()), write);
        write.addListener(done -> {
            if (done.isSuccess()) {
                written.complete(null);
            } else {
                written.completeExceptionally(TcpFailure.of(done.cause()));
            }
        });
        return written;
    }

    /** Completes exceptionally when the target ends the connection, or it breaks. */
    CompletableFuture<Void> failure() {
        return handler.failure;
    }

    /** Counts what the kernel takes of a batch, which may be a part of it at a time. */
    private final class HandingOver implements ChannelProgressiveFutureListener {
        private long counted;

        @Override
        public void operationProgressed(ChannelProgressiveFuture future, long progress, long total) {
            handedOver += progress - counted;
            counted = progress;
        }

        @Override
        public void operationComplete(ChannelProgressiveFuture future) {}
    }

    /**
     * What the kernel took, and, where it tells, what the target's kernel acknowledged: ours takes nothing more before a
     * good part of its buffer is free, which with a slow target can be long.
     */
    long taken() {
        return handedOver
                + TcpProgress.of(channel).map(TcpProgress::acknowledgedBytes).orElse(0L);
    }

    /** Where the kernel tells: the target's kernel has everything. */
    boolean isQuiet() {
        return TcpProgress.of(channel).map(TcpProgress::isQuiet).orElse(true);
    }

    /**
     * Ends our direction, once what was written is gone.
     *
     * @return completes when the connection is over; true if the target ended its own direction in order, which it does
     *     when it has read everything
     */
    CompletableFuture<Boolean> end() {
        var ended = new CompletableFuture<Boolean>();
        if (!channel.isActive()) {
            channel.close();
            ended.complete(false);
            return ended;
        }
        handler.ending = true;
        channel.closeFuture().addListener(closed -> ended.complete(!handler.failed));
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            channel.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(sent -> channel.shutdownOutput());
        }
        return ended;
    }

    /** Gives it up as it is. Any thread. */
    void abandon() {
        channel.close();
    }

    @Override
    public String toString() {
        return String.valueOf(channel.remoteAddress());
    }

    /** Notices the end of a connection. On its event loop. */
    static final class Handler extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Void> failure = new CompletableFuture<>();
        private boolean ending;
        private boolean failed;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!ending) {
                failed = true;
                failure.completeExceptionally(new IOException("the target closed the connection"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed = true;
            failure.completeExceptionally(TcpFailure.of(cause));
            context.close();
        }
    }
}
