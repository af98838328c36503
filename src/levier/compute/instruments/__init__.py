"""Territorial instruments: campus sessions, Cartes blanches, challenges, innovation weeks, labs, consultations."""
