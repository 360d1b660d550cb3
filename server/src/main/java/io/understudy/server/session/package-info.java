/**
 * One simulator's connection as a state machine over frames: its clock, banks and limits; knows no
 * transport.
 */
package io.understudy.server.session;
