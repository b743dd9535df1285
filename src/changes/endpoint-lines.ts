/** The lines that make a VPC endpoint: an interface endpoint with its security group, or the gateway endpoint for S3. */
import type { RemedyWords } from '../domain/report.ts'
import { list, resource, text } from './terraform.ts'

export interface InterfacePlan {
  readonly vpcId: string
  readonly serviceName: string
  /** One a zone. */
  readonly subnetIds: readonly string[]
  /** Groups that let the tasks in already; empty: one has to be made. */
  readonly groupIds: readonly string[]
  /** Of the tasks. */
  readonly clientGroupIds: readonly string[]
  /** Those of them that do not let the tasks out to their own subnets. */
  readonly closedGroupIds: readonly string[]
}

export function createInterface(plan: InterfacePlan): RemedyWords {
  const { vpcId, serviceName, subnetIds, groupIds } = plan
  const made = groupIds.length > 0 ? null : newGroup(plan)
  const groups = made === null ? groupIds.join(' ') : '"$GROUP"'
  const label = shortName(serviceName)
  return {
    console: [
      ...(made?.console ?? []),
      {
        en: `VPC → Endpoints → Create endpoint: AWS services, ${serviceName}, VPC ${vpcId}, Enable DNS name, subnets ${subnetIds.join(', ')}, security group ${made === null ? groupIds.join(', ') : 'the new one'} → Create endpoint`,
        ko: `VPC → 엔드포인트 → 엔드포인트 생성에서 다음과 같이 지정하고 엔드포인트 생성을 누릅니다. AWS 서비스: ${serviceName}, VPC: ${vpcId}, DNS 이름 활성화 선택, 서브넷: ${subnetIds.join(', ')}, 보안 그룹: ${made === null ? groupIds.join(', ') : '새 보안 그룹'}`,
      },
    ],
    cli: [
      ...(made?.cli ?? []),
      `aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id ${vpcId} --service-name ${serviceName} --subnet-ids ${subnetIds.join(' ')} --security-group-ids ${groups} --private-dns-enabled`,
    ],
    terraform: [
      ...(made === null ? [] : [made.terraform]),
      resource('aws_vpc_endpoint', label, [
        ['vpc_id', text(vpcId)],
        ['vpc_endpoint_type', text('Interface')],
        ['service_name', text(serviceName)],
        ['subnet_ids', list(subnetIds)],
        ['security_group_ids', made === null ? list(groupIds) : `[aws_security_group.${label}_endpoint.id]`],
        ['private_dns_enabled', 'true'],
      ]),
    ].join('\n'),
  }
}

/** Without a group of its own an endpoint gets the VPC's default group, which lets only itself in. */
function newGroup({ vpcId, serviceName, clientGroupIds, closedGroupIds }: InterfacePlan): RemedyWords {
  const label = shortName(serviceName)
  const name = `${label.replaceAll('_', '-')}-endpoint`
  return {
    console: [
      {
        en: `VPC → Security groups → Create security group: ${name} in ${vpcId}, inbound rule HTTPS (443) from ${clientGroupIds.join(', ')}`,
        ko: `VPC → 보안 그룹 → 보안 그룹 생성: ${name} (${vpcId}). 인바운드 규칙 HTTPS(443)의 소스: ${clientGroupIds.join(', ')}`,
      },
      ...closedGroupIds.map((id) => ({
        en: `VPC → Security groups → ${id} → Edit outbound rules → add HTTPS (443) to the new group`,
        ko: `VPC → 보안 그룹 → ${id} → 아웃바운드 규칙 편집에서 새 보안 그룹을 대상으로 HTTPS(443) 규칙을 추가합니다.`,
      })),
    ],
    cli: [
      `GROUP=$(aws ec2 create-security-group --group-name ${name} --description "HTTPS from ECS tasks" --vpc-id ${vpcId} --query GroupId --output text)`,
      ...clientGroupIds.map(
        (id) =>
          `aws ec2 authorize-security-group-ingress --group-id "$GROUP" --protocol tcp --port 443 --source-group ${id}`,
      ),
      ...closedGroupIds.map(
        (id) =>
          `aws ec2 authorize-security-group-egress --group-id ${id} --ip-permissions "IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=$GROUP}]"`,
      ),
    ],
    terraform: [
      resource('aws_security_group', `${label}_endpoint`, [
        ['name', text(name)],
        ['vpc_id', text(vpcId)],
        [
          'ingress',
          [
            ['protocol', text('tcp')],
            ['from_port', '443'],
            ['to_port', '443'],
            ['security_groups', list(clientGroupIds)],
          ],
        ],
      ]),
      ...closedGroupIds.map((id) =>
        resource('aws_vpc_security_group_egress_rule', `${id}_${label}_endpoint`, [
          ['security_group_id', text(id)],
          ['ip_protocol', text('tcp')],
          ['from_port', '443'],
          ['to_port', '443'],
          ['referenced_security_group_id', `aws_security_group.${label}_endpoint.id`],
        ]),
      ),
    ].join('\n'),
  }
}

export function createGateway(vpcId: string, serviceName: string, routeTableIds: readonly string[]): RemedyWords {
  return {
    console: [
      {
        en: `VPC → Endpoints → Create endpoint: AWS services, ${serviceName} of type Gateway, VPC ${vpcId}, route tables ${routeTableIds.join(', ')} → Create endpoint`,
        ko: `VPC → 엔드포인트 → 엔드포인트 생성에서 다음과 같이 지정하고 엔드포인트 생성을 누릅니다. AWS 서비스: ${serviceName} (유형 Gateway), VPC: ${vpcId}, 라우팅 테이블: ${routeTableIds.join(', ')}`,
      },
    ],
    cli: [
      `aws ec2 create-vpc-endpoint --vpc-endpoint-type Gateway --vpc-id ${vpcId} --service-name ${serviceName} --route-table-ids ${routeTableIds.join(' ')}`,
    ],
    terraform: resource('aws_vpc_endpoint', shortName(serviceName), [
      ['vpc_id', text(vpcId)],
      ['vpc_endpoint_type', text('Gateway')],
      ['service_name', text(serviceName)],
      ['route_table_ids', list(routeTableIds)],
    ]),
  }
}

/** `com.amazonaws.ap-northeast-2.ecr.api` → `ecr_api`. */
function shortName(serviceName: string): string {
  const rest = serviceName.split(/\.[a-z]{2,4}(?:-[a-z]+)+-\d+\./)[1] ?? serviceName
  return rest.replaceAll(/[^A-Za-z0-9]/g, '_')
}
