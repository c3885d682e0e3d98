package io.modelvane.alerting.incident;

import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Status;

/**
 * One step of an incident: what checks hand to rules.
 *
 * @param incident as it stands after the step
 * @param step what happened; never {@link IncidentStep#REPEATED}, which only rules decide
 * @param previous the level before the step
 * @param status the verdict behind it
 */
public record IncidentChange(Incident incident, IncidentStep step, Level previous, Status status) {}
