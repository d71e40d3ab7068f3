package logyard.drains;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import logyard.core.drain.Confirmation;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;

/** An open TCP connection. What the target sends is read and thrown away, so that its end is noticed at once. */
final class TcpDrain implements Drain {
    /** As much as the kernel may hold unsent; see {@link TcpDrainType}. */
    static final int TRAILING_BYTES = 256 << 10;

    private static final Confirmation CONFIRMATION = new Confirmation(TRAILING_BYTES, Duration.ofSeconds(2));

    /** How long a close waits for the target to read what it has and close, too. */
    private static final long LINGER_MILLIS = 500;

    private final SocketChannel channel;
    private final Handler handler;
    private long handedOver; // on the event loop only

    TcpDrain(SocketChannel channel, Handler handler) {
        this.channel = channel;
        this.handler = handler;
    }

    @Override
    public Executor executor() {
        return channel.eventLoop();
    }

    @Override
    public CompletionStage<Void> write(DrainBatch batch) {
        var written = new CompletableFuture<Void>();
        ChannelProgressivePromise write = channel.newProgressivePromise();
        write.addListener((ChannelProgressiveFutureListener) new HandingOver());
        channel.writeAndFlush(Unpooled.wrappedBuffer(batch.bytes(), 0, batch.length()), write);
        write.addListener(done -> {
            if (done.isSuccess()) {
                written.complete(null);
            } else {
                written.completeExceptionally(handler.explain(done.cause()));
            }
        });
        return written;
    }

    @Override
    public CompletionStage<Void> failure() {
        return handler.failure;
    }

    @Override
    public Confirmation confirmation() {
        return CONFIRMATION;
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
    @Override
    public long taken() {
        return handedOver + TcpAcknowledged.bytes(channel);
    }

    /** Where the kernel tells: nothing is unacknowledged, nothing is sent again, and the target's window is open. */
    @Override
    public boolean isQuiet() {
        if (!(channel instanceof EpollSocketChannel epoll) || !channel.isActive()) {
            return true;
        }
        EpollTcpInfo info = epoll.tcpInfo();
        return info.unacked() == 0 && info.retransmits() == 0 && info.probes() == 0;
    }

    /** Ends our direction, and gives the target a moment to end its own: then it has read everything. */
    @Override
    public CompletionStage<Boolean> close() {
        if (!channel.isActive()) {
            channel.close();
            return CompletableFuture.completedFuture(false);
        }
        handler.closing = true;
        var peerEnded = new CompletableFuture<Boolean>();
        channel.closeFuture().addListener(closed -> peerEnded.complete(!handler.failed));
        channel.shutdownOutput();
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (peerEnded.complete(false)) {
                                channel.close();
                            }
                        },
                        LINGER_MILLIS,
                        TimeUnit.MILLISECONDS);
        return peerEnded;
    }

    @Override
    public String toString() {
        return "TcpDrain{" + channel.remoteAddress() + "}";
    }

    /** Notices the end of a connection. On its event loop. */
    static final class Handler extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Void> failure = new CompletableFuture<>();
        private boolean closing;
        private boolean failed;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!closing) {
                failed = true;
                failure.completeExceptionally(new IOException("the target closed the connection"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed = true;
            failure.completeExceptionally(explain(cause));
            context.close();
        }

        private IOException explain(Throwable cause) {
            String message = String.valueOf(cause.getMessage());
            boolean reset = message.contains("reset") || message.contains("Broken pipe");
            return new IOException(reset ? "the target reset the connection" : message, cause);
        }
    }
}
