/**
 * States in which a thing of the network lets nothing through (EC2 API: State of VpcEndpoint, VpcPeeringConnectionStateReason,
 * AttachmentStatus). One that is none of these and not the working one is on its way there, or was added by AWS later: unknown.
 */
export const ENDPOINT_DOWN: readonly string[] = ['deleting', 'deleted', 'rejected', 'failed', 'expired']
export const PEERING_DOWN: readonly string[] = [
  'initiating-request',
  'pending-acceptance',
  'provisioning',
  'deleting',
  'deleted',
  'rejected',
  'failed',
  'expired',
]
export const ATTACHMENT_DOWN: readonly string[] = ['detaching', 'detached']
