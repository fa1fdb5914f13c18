#ifndef SUPPORT_V1_MQH
#define SUPPORT_V1_MQH
#define SUPPORT_V1_ONE 1
#endif
