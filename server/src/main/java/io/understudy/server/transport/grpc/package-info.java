/**
 * The control plane over gRPC (what is served, and whether), and crossings in a stream of frames.
 */
package io.understudy.server.transport.grpc;
