"""Responses and other mail to two consultations, with what is right about each."""
