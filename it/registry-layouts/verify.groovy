def mapping = { product -> new File(basedir, "target/${product}/images/mapping.txt").readLines() }
def wants = { product, line -> assert mapping(product).contains(line) }

def jenkins = 'registry.redhat.io/openshift3/jenkins-2-rhel7:v3.11'
def postgres = 'docker.io/library/postgres:13'

wants('distribution', "${jenkins}=registry.corp.example:5000/openshift3/jenkins-2-rhel7:v3.11".toString())
wants('distribution', "${postgres}=registry.corp.example:5000/library/postgres:13".toString())
wants('nexus', "${jenkins}=nexus.corp.example:8082/openshift3/jenkins-2-rhel7:v3.11".toString())
wants('artifactory', "${jenkins}=artifactory.corp.example/redhat/openshift3/jenkins-2-rhel7:v3.11".toString())
wants('artifactory', "${postgres}=artifactory.corp.example/dockerhub/library/postgres:13".toString())
wants('quay', "${jenkins}=quay.corp.example/openshift3/jenkins-2-rhel7:v3.11".toString())
wants('quay', "${postgres}=quay.corp.example/dockerhub/postgres:13".toString())
true
