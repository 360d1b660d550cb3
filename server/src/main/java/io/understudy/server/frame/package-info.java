/**
 * The frames of the crossing protocol, byte by byte ({@code docs/protocol.md}); knows neither
 * sockets nor circuits.
 */
package io.understudy.server.frame;
