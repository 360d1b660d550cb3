/** Crossings over Unix sockets and TCP, served by Netty's epoll. */
package io.understudy.server.transport.netty;
