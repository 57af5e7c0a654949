package dev.lambdarollouts.app.http;

/**
 * How the process is.
 *
 * @param alive false: it is to be started anew
 * @param ready whether it does its work, or stands by to
 * @param text for people
 */
public record Health(boolean alive, boolean ready, String text) {}
