/** The circuits that a server can stand in for, loaded from a models folder and checked. */
package io.understudy.server.registry;
